/** Share with its 95 % interval after Wilson, which holds for few draws and for shares near 0 and 1. */
export interface Share {
  readonly of: number
  readonly right: number
  readonly share: number | null
  readonly from: number | null
  readonly to: number | null
}

const Z = 1.959964

export function wilson(right: number, of: number): Share {
  if (of === 0) return { of, right, share: null, from: null, to: null }
  const share = right / of
  const z2 = Z * Z
  const middle = (share + z2 / (2 * of)) / (1 + z2 / of)
  const half = (Z / (1 + z2 / of)) * Math.sqrt((share * (1 - share)) / of + z2 / (4 * of * of))
  return { of, right, share, from: Math.max(0, middle - half), to: Math.min(1, middle + half) }
}
