/** Year, month and day in it as one number, `19900518`. */
export const birthIn = (high: number, low: number): number => (high % 1000) * 100_000 + Math.floor(low / 11 / 1000)

/** 1 man, 2 woman. */
export const sexIn = (low: number): number => (Math.floor(low / 11) % 2 === 1 ? 1 : 2)

/** Whether two numbers differ in one digit, or by two neighbours that changed places; whatever their check digits. */
export function isOneSlip(highA: number, lowA: number, highB: number, lowB: number): boolean {
  const [restA, restB] = [Math.floor(lowA / 11), Math.floor(lowB / 11)]
  return highA === highB ? isSlip(restA, restB) : restA === restB && isSlip(highA, highB)
}

/** Of two whole numbers of equal length. */
export function isSlip(a: number, b: number): boolean {
  let [x, y] = [a, b]
  let [first, second] = [-1, -1]
  let places = 0
  let swapped: number[] = []
  for (; x > 0 || y > 0; places++) {
    const [dx, dy] = [x % 10, y % 10]
    if (dx !== dy) {
      if (first < 0) first = places
      else if (second < 0) second = places
      else return false
      swapped = [...swapped, dx, dy]
    }
    x = Math.floor(x / 10)
    y = Math.floor(y / 10)
  }
  if (second < 0) return true
  return second === first + 1 && swapped[0] === swapped[3] && swapped[1] === swapped[2]
}
