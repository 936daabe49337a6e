const ESCAPED = /[\\\t\n\r]/
const ESCAPED_ALL = /[\\\t\n\r]/g
const SIGNS: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' }

/** A value in the text format of COPY; null is `\N`. */
export const copyCell = (value: string | null): string =>
  value === null ? '\\N' : ESCAPED.test(value) ? value.replace(ESCAPED_ALL, (sign) => SIGNS[sign] ?? sign) : value

const HEX = Buffer.from('0123456789abcdef')
const FIRST_SIZE = 1 << 20

/** Rows in the text format of COPY, written straight into bytes: strings of them would cost twice the time. */
export class CopyText {
  #bytes = Buffer.allocUnsafeSlow(FIRST_SIZE)
  #at = 0

  /** Text that needs no escaping any more. */
  write(text: string): void {
    this.#reserve(3 * text.length)
    this.#at += this.#bytes.write(text, this.#at)
  }

  /** Bytes of a sealed value and a tab. */
  writeBytes(bytes: Uint8Array): void {
    this.#reserve(2 * bytes.length + 4)
    const into = this.#bytes
    let at = this.#at
    into[at++] = 0x5c
    into[at++] = 0x5c
    into[at++] = 0x78
    for (let i = 0; i < bytes.length; i++) {
      const byte = bytes[i] ?? 0
      into[at++] = HEX[byte >>> 4] ?? 0
      into[at++] = HEX[byte & 15] ?? 0
    }
    into[at++] = 0x09
    this.#at = at
  }

  /** What was written; it may be transferred to another thread. */
  bytes(): Uint8Array<ArrayBuffer> {
    return new Uint8Array(this.#bytes.buffer as ArrayBuffer, 0, this.#at)
  }

  #reserve(more: number): void {
    if (this.#at + more <= this.#bytes.length) return
    const larger = Buffer.allocUnsafeSlow(2 * (this.#at + more))
    larger.set(this.#bytes.subarray(0, this.#at))
    this.#bytes = larger
  }
}
