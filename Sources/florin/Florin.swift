@main struct Florin { static func main() { print("florin") } }
