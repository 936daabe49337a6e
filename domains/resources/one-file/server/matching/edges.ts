import type { Clusters } from './clusters.ts'

export type EdgeKind = 'join' | 'review' | 'keys-differ'
const KINDS: readonly EdgeKind[] = ['join', 'review', 'keys-differ']

export interface Edge {
  readonly a: number
  readonly b: number
  readonly weight: number
  readonly kind: EdgeKind
}

/** Pairs that cannot be decided before all are known. */
export class Edges {
  #a = new Int32Array(1024)
  #b = new Int32Array(1024)
  #weight = new Float32Array(1024)
  #kind = new Uint8Array(1024)
  #size = 0
  #order = new Uint32Array(0)
  #byRecord = new Map<number, number[]>()

  get size(): number {
    return this.#size
  }

  add(a: number, b: number, weight: number, kind: EdgeKind): void {
    if (this.#size === this.#a.length) this.#grow()
    this.#a[this.#size] = a
    this.#b[this.#size] = b
    this.#weight[this.#size] = weight
    this.#kind[this.#size++] = KINDS.indexOf(kind)
  }

  /** Best first; equal ones as they came. */
  sort(): void {
    const words = new BigUint64Array(this.#size)
    const halves = new Uint32Array(words.buffer)
    for (let at = 0; at < this.#size; at++) {
      halves[2 * at] = at
      halves[2 * at + 1] = Math.round((2000 - (this.#weight[at] ?? 0)) * 1e5)
    }
    words.sort()
    this.#order = Uint32Array.from({ length: this.#size }, (_, at) => halves[2 * at] ?? 0)
    this.#byRecord = new Map()
    for (let at = 0; at < this.#size; at++) {
      if (this.#kind[at] !== 0) continue
      for (const record of [this.#a[at] ?? 0, this.#b[at] ?? 0]) {
        const list = this.#byRecord.get(record)
        if (list) list.push(at)
        else this.#byRecord.set(record, [at])
      }
    }
  }

  /** The edge at a place of the order. */
  at(place: number): Edge {
    const at = this.#order[place] ?? 0
    return {
      a: this.#a[at] ?? 0,
      b: this.#b[at] ?? 0,
      weight: this.#weight[at] ?? 0,
      kind: KINDS[this.#kind[at] ?? 0] ?? 'review',
    }
  }

  /** Whether one end without a key of its own fits another entity, which is not the one of the other end, about as well. */
  hasRival({ a, b, weight }: Edge, margin: number, clusters: Clusters): boolean {
    return this.#rivals(a, b, weight - margin, clusters) || this.#rivals(b, a, weight - margin, clusters)
  }

  #rivals(record: number, chosen: number, least: number, clusters: Clusters): boolean {
    if (clusters.speaks(record)) return false
    return (this.#byRecord.get(record) ?? []).some((at) => {
      if ((this.#weight[at] ?? 0) < least) return false
      const other = this.#a[at] === record ? (this.#b[at] ?? 0) : (this.#a[at] ?? 0)
      return other !== chosen && clusters.conflict(other, chosen)
    })
  }

  #grow(): void {
    const twice = 2 * this.#a.length
    const wider = <T extends Int32Array | Float32Array | Uint8Array>(to: T, from: T): T => {
      to.set(from)
      return to
    }
    this.#a = wider(new Int32Array(twice), this.#a)
    this.#b = wider(new Int32Array(twice), this.#b)
    this.#weight = wider(new Float32Array(twice), this.#weight)
    this.#kind = wider(new Uint8Array(twice), this.#kind)
  }
}
