/** `percent` of the firm `held` belong to `holder`. */
export interface Share {
  readonly holder: number
  readonly holderKind: 'person' | 'firm'
  readonly held: number
  readonly percent: number
}

export interface Controls {
  readonly holder: number
  readonly kind: 'person' | 'firm'
  /** Of the firm, over all chains, 0 to 100. */
  readonly percent: number
}

/**
 * Who stands at the end of the chains of a firm, with the product of the shares along each chain, summed. A chain that
 * comes back to a firm it has passed ends there, so that firms which hold each other count no share twice. Firms whose own
 * holders are not known, or all lie on the chain, are ends too.
 */
export function controllers(firm: number, shares: readonly Share[]): Controls[] {
  const byHeld = Map.groupBy(shares, ({ held }) => held)
  const ends = new Map<number, { kind: 'person' | 'firm'; percent: number }>()
  const climb = (held: number, product: number, passed: ReadonlySet<number>): boolean => {
    const next = (byHeld.get(held) ?? []).filter(({ holder }) => !passed.has(holder))
    for (const { holder, holderKind, percent } of next) {
      const share = (product * percent) / 100
      if (holderKind === 'firm' && share > 0.001 && climb(holder, share, new Set([...passed, holder]))) continue
      const known = ends.get(holder)
      ends.set(holder, { kind: holderKind, percent: (known?.percent ?? 0) + share })
    }
    return next.length > 0
  }
  climb(firm, 100, new Set([firm]))
  return [...ends]
    .map(([holder, { kind, percent }]) => ({ holder, kind, percent }))
    .sort((a, b) => b.percent - a.percent || a.holder - b.holder)
}
