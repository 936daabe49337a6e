/** Sets of records that belong together, with what keeps two sets apart. */
export class Clusters {
  readonly #parent: Int32Array
  /** Of each root: a record whose own key (a valid number) speaks for the set; -1 without one. */
  readonly #speaker: Int32Array
  /** Further speakers of sets that a person joined although their keys differ. */
  readonly #more = new Map<number, number[]>()
  readonly #apart = new Map<number, number[]>()
  readonly #same: (a: number, b: number) => boolean

  /**
   * @param speaks whether a record has a key that no other entity may have
   * @param same whether two records with such keys have the same one
   */
  constructor(records: number, speaks: (record: number) => boolean, same: (a: number, b: number) => boolean) {
    this.#same = same
    this.#parent = new Int32Array(records)
    this.#speaker = new Int32Array(records)
    for (let record = 0; record < records; record++) {
      this.#parent[record] = record
      this.#speaker[record] = speaks(record) ? record : -1
    }
  }

  find(record: number): number {
    let root = record
    for (let up = this.#parent[root] ?? root; up !== root; up = this.#parent[root] ?? root) root = up
    for (let at = record; at !== root; ) {
      const up = this.#parent[at] ?? root
      this.#parent[at] = root
      at = up
    }
    return root
  }

  /** Whether a set has a key of its own. */
  speaks(record: number): boolean {
    return (this.#speaker[this.find(record)] ?? -1) >= 0
  }

  /** A person decided that these two belong to different entities. */
  keepApart(a: number, b: number): void {
    this.#note(this.find(a), b)
    this.#note(this.find(b), a)
  }

  /** Whether two sets must not become one: other keys, or a person's decision. */
  conflict(a: number, b: number): boolean {
    const [x, y] = [this.find(a), this.find(b)]
    const [one, two] = [this.#speaker[x] ?? -1, this.#speaker[y] ?? -1]
    if (one >= 0 && two >= 0 && !this.#anySame(x, y)) return true
    return this.#apart.size > 0 && (this.#apart.get(x)?.some((record) => this.find(record) === y) ?? false)
  }

  /** Makes one set of two. The lower root stays, so that the result does not hang on the order. */
  join(a: number, b: number): void {
    const [x, y] = [this.find(a), this.find(b)]
    if (x === y) return
    const [root, other] = x < y ? [x, y] : [y, x]
    this.#parent[other] = root
    const [one, two] = [this.#speaker[root] ?? -1, this.#speaker[other] ?? -1]
    if (one < 0) this.#speaker[root] = two
    else if (two >= 0 && !this.#same(one, two))
      this.#more.set(root, [...(this.#more.get(root) ?? []), two, ...(this.#more.get(other) ?? [])])
    const kept = this.#apart.get(other)
    if (kept) for (const record of kept) this.#note(root, record)
  }

  #anySame(x: number, y: number): boolean {
    const ones = [this.#speaker[x] ?? -1, ...(this.#more.get(x) ?? [])]
    const twos = [this.#speaker[y] ?? -1, ...(this.#more.get(y) ?? [])]
    return ones.some((one) => twos.some((two) => this.#same(one, two)))
  }

  #note(root: number, record: number): void {
    this.#apart.set(root, [...(this.#apart.get(root) ?? []), record])
  }
}
