/** Bytes that values are put into one behind the other; what stands in it keeps its place. */
export class ByteHeap {
  bytes: Buffer
  used = 0

  constructor(size: number) {
    this.bytes = Buffer.allocUnsafeSlow(Math.max(size, 64))
  }

  /** A heap that begins with these bytes. */
  static of(bytes: Uint8Array): ByteHeap {
    const heap = new ByteHeap(Math.ceil(bytes.length * 1.4))
    heap.put(bytes)
    return heap
  }

  /** Makes room for so many bytes more. */
  reserve(size: number): void {
    if (this.used + size <= this.bytes.length) return
    const larger = Buffer.allocUnsafeSlow(2 * (this.used + size))
    this.bytes.copy(larger, 0, 0, this.used)
    this.bytes = larger
  }

  /** @returns where the value begins; it ends at `used` */
  put(value: Uint8Array): number {
    const at = this.used
    this.reserve(value.length)
    if (value.length > SHORT) this.bytes.set(value, at)
    else for (let i = 0; i < value.length; i++) this.bytes[at + i] = value[i] as number
    this.used = at + value.length
    return at
  }

  putText(text: string): number {
    const at = this.used
    this.reserve(3 * text.length)
    this.used += this.bytes.write(text, at)
    return at
  }

  putInt32(value: number): number {
    const at = this.used
    this.reserve(4)
    this.used = this.bytes.writeInt32BE(value, at)
    return at
  }

  text(from: number, to: number): string {
    return this.bytes.toString('utf8', from, to)
  }
}

/** Up to here copying byte by byte is faster than a call of the engine. */
const SHORT = 32
