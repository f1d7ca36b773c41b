import Glibc

/// x to the y.
func power(_ x: Double, _ y: Double) -> Double { pow(x, y) }
