const ROUNDS = 64
const EXPANDED = 68
const words = new Int32Array(EXPANDED)

/** Round constants rotated for their round [GB/T 32905, 4.2]. */
const constants = Int32Array.from({ length: ROUNDS }, (_, j) => {
  const constant = j < 16 ? 0x79cc4519 : 0x7a879d8a
  const turn = j % 32
  return turn === 0 ? constant : (constant << turn) | (constant >>> (32 - turn))
})

/** Initial value [GB/T 32905, 4.1]. */
export const SM3_INITIAL: Int32Array = Int32Array.of(
  0x7380166f,
  0x4914b2b9,
  0x172442d7,
  0xda8a0600,
  0xa96f30bc,
  0x163138aa,
  0xe38dee4d,
  0xb0fb0e4e,
)

/**
 * The compression function [GB/T 32905, 5.3.3] of one block of 64 bytes. Written out, because for short values it is
 * three times as fast as a call of OpenSSL (two loops and no arrays: the engine is slow with either otherwise), and its state can be kept after the key block of an HMAC.
 * @param out may be `state`
 */
export function sm3Compress(state: Int32Array, bytes: Uint8Array, at: number, out: Int32Array): void {
  expand(bytes, at)
  let a = state[0] as number
  let b = state[1] as number
  let c = state[2] as number
  let d = state[3] as number
  let e = state[4] as number
  let f = state[5] as number
  let g = state[6] as number
  let h = state[7] as number
  for (let j = 0; j < 16; j++) {
    const a12 = (a << 12) | (a >>> 20)
    const sum = (a12 + e + (constants[j] as number)) | 0
    const ss1 = (sum << 7) | (sum >>> 25)
    const word = words[j] as number
    const tt1 = ((a ^ b ^ c) + d + (ss1 ^ a12) + (word ^ (words[j + 4] as number))) | 0
    const tt2 = ((e ^ f ^ g) + h + ss1 + word) | 0
    d = c
    c = (b << 9) | (b >>> 23)
    b = a
    a = tt1
    h = g
    g = (f << 19) | (f >>> 13)
    f = e
    e = tt2 ^ ((tt2 << 9) | (tt2 >>> 23)) ^ ((tt2 << 17) | (tt2 >>> 15))
  }
  for (let j = 16; j < ROUNDS; j++) {
    const a12 = (a << 12) | (a >>> 20)
    const sum = (a12 + e + (constants[j] as number)) | 0
    const ss1 = (sum << 7) | (sum >>> 25)
    const word = words[j] as number
    const tt1 = (((a & b) | (a & c) | (b & c)) + d + (ss1 ^ a12) + (word ^ (words[j + 4] as number))) | 0
    const tt2 = (((e & f) | (~e & g)) + h + ss1 + word) | 0
    d = c
    c = (b << 9) | (b >>> 23)
    b = a
    a = tt1
    h = g
    g = (f << 19) | (f >>> 13)
    f = e
    e = tt2 ^ ((tt2 << 9) | (tt2 >>> 23)) ^ ((tt2 << 17) | (tt2 >>> 15))
  }
  out[0] = (state[0] as number) ^ a
  out[1] = (state[1] as number) ^ b
  out[2] = (state[2] as number) ^ c
  out[3] = (state[3] as number) ^ d
  out[4] = (state[4] as number) ^ e
  out[5] = (state[5] as number) ^ f
  out[6] = (state[6] as number) ^ g
  out[7] = (state[7] as number) ^ h
}

/** Message expansion [GB/T 32905, 5.3.2]. */
function expand(bytes: Uint8Array, at: number): void {
  for (let j = 0; j < 16; j++) {
    const p = at + 4 * j
    words[j] =
      ((bytes[p] as number) << 24) |
      ((bytes[p + 1] as number) << 16) |
      ((bytes[p + 2] as number) << 8) |
      (bytes[p + 3] as number)
  }
  for (let j = 16; j < EXPANDED; j++) {
    const w3 = words[j - 3] as number
    const w13 = words[j - 13] as number
    const x = (words[j - 16] as number) ^ (words[j - 9] as number) ^ ((w3 << 15) | (w3 >>> 17))
    words[j] =
      x ^ ((x << 15) | (x >>> 17)) ^ ((x << 23) | (x >>> 9)) ^ ((w13 << 7) | (w13 >>> 25)) ^ (words[j - 6] as number)
  }
}
