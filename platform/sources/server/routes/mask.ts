const SHOWN = 3

/** A cell of another system's table as a preview shows it: its beginning and how long it is, never the whole. */
export function mask(cell: string): string {
  const signs = [...cell]
  const shown = Math.min(SHOWN, Math.floor(signs.length / 3))
  return signs.length === 0 ? '' : `${signs.slice(0, shown).join('')}${'*'.repeat(Math.min(12, signs.length - shown))}`
}
