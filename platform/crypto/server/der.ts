/** Just enough DER [ITU-T X.690] for SM2 signatures and keys: definite lengths below 64 KiB, single-byte tags. */

export const INTEGER = 0x02
export const BIT_STRING = 0x03
export const OCTET_STRING = 0x04
export const OBJECT_ID = 0x06
export const SEQUENCE = 0x30
export const CONTEXT_1 = 0xa1

export interface DerValue {
  readonly tag: number
  readonly content: Buffer
}

/** One DER value with the given contents. */
export function der(tag: number, ...contents: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(contents)
  const length = content.length
  const head = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff]
  return Buffer.concat([Buffer.from([tag, ...head]), content])
}

/**
 * The values that follow one another in some bytes.
 * @throws RangeError if they are not DER.
 */
export function readDer(bytes: Uint8Array): DerValue[] {
  const buffer = Buffer.from(bytes)
  const values: DerValue[] = []
  let at = 0
  while (at < buffer.length) {
    const tag = buffer[at] ?? 0
    const first = buffer[at + 1] ?? 0x80
    const lengthBytes = first < 0x80 ? 0 : first - 0x80
    const start = at + 2 + lengthBytes
    if (first === 0x80 || lengthBytes > 2 || start > buffer.length) throw new RangeError('These bytes are not DER')
    const length = lengthBytes === 0 ? first : buffer.readUIntBE(at + 2, lengthBytes)
    const isShortest = lengthBytes === 0 || length >= (lengthBytes === 1 ? 0x80 : 0x100)
    if (!isShortest || start + length > buffer.length) throw new RangeError('These bytes are not DER')
    values.push({ tag, content: buffer.subarray(start, start + length) })
    at = start + length
  }
  return values
}

/**
 * The contents of a value that must have this tag.
 * @throws RangeError if there is none or it has another.
 */
export function expectDer(value: DerValue | undefined, tag: number): Buffer {
  if (value?.tag !== tag) throw new RangeError(`DER value of tag ${tag} expected`)
  return value.content
}
