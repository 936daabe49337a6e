/** Longest cell that is remembered, in bytes. */
const LONGEST = 32
const PLACES = 1 << 12

/** Remembers what came of cells by their bytes: columns of codes, names of codes, places and dates repeat few values. */
export class CellCache<T> {
  readonly #cells = new Uint8Array(PLACES * LONGEST)
  readonly #lengths = new Uint8Array(PLACES)
  readonly #outcomes = new Array<T | undefined>(PLACES).fill(undefined)

  /** @returns what `read` gives, or gave for the same bytes before */
  get(bytes: Uint8Array, from: number, to: number, read: () => T): T {
    const length = to - from
    if (length > LONGEST) return read()
    let hash = length
    for (let at = from; at < to; at++) hash = Math.imul(hash ^ (bytes[at] as number), 0x01000193)
    const place = (hash ^ (hash >>> 13)) & (PLACES - 1)
    const known = this.#outcomes[place]
    if (known !== undefined && this.#holds(place, bytes, from, length)) return known
    const outcome = read()
    this.#lengths[place] = length
    for (let i = 0; i < length; i++) this.#cells[LONGEST * place + i] = bytes[from + i] as number
    this.#outcomes[place] = outcome
    return outcome
  }

  #holds(place: number, bytes: Uint8Array, from: number, length: number): boolean {
    if (this.#lengths[place] !== length) return false
    for (let i = 0; i < length; i++) if (this.#cells[LONGEST * place + i] !== bytes[from + i]) return false
    return true
  }
}
