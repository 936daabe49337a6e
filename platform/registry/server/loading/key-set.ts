/**
 * The keys of the rows of one file, to find those that come twice: 64 bits of hash and the line for each, some 24 bytes
 * a row, so that ten million rows fit. Two different keys of 10 million collide with a probability of about 3 in a million.
 */
export class KeySet {
  #high = new Uint32Array(1 << 16)
  #low = new Uint32Array(1 << 16)
  #lines = new Uint32Array(1 << 16)
  #size = 0

  /** Line of the earlier row with the same key; 0 after adding a key that is new. */
  add(key: string, line: number): number {
    let high = 0x811c9dc5
    let low = 0x9e3779b9
    for (let i = 0; i < key.length; i++) {
      const sign = key.charCodeAt(i)
      high = Math.imul(high ^ sign, 0x01000193)
      low = Math.imul(low ^ sign, 0x85ebca6b)
      low ^= low >>> 13
    }
    if (this.#size * 2 > this.#lines.length) this.#grow()
    return this.#put((high ^ (low >>> 15)) >>> 0, low >>> 0, line)
  }

  #put(high: number, low: number, line: number): number {
    const mask = this.#lines.length - 1
    for (let at = low & mask; ; at = (at + 1) & mask) {
      const before = this.#lines[at] ?? 0
      if (before === 0) {
        this.#high[at] = high
        this.#low[at] = low
        this.#lines[at] = line
        this.#size++
        return 0
      }
      if (this.#high[at] === high && this.#low[at] === low) return before
    }
  }

  #grow(): void {
    const [high, low, lines] = [this.#high, this.#low, this.#lines]
    this.#high = new Uint32Array(lines.length * 2)
    this.#low = new Uint32Array(lines.length * 2)
    this.#lines = new Uint32Array(lines.length * 2)
    this.#size = 0
    for (let at = 0; at < lines.length; at++) {
      const line = lines[at] ?? 0
      if (line > 0) this.#put(high[at] ?? 0, low[at] ?? 0, line)
    }
  }
}
