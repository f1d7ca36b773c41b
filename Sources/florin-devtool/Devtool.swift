@main struct Devtool { static func main() { print("devtool") } }
