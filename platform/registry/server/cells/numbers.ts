const GROUPED = /^[+-]?\d{1,3}(?:[, ]\d{3})+(?:\.\d+)?$/
const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/

/** Canonical text of a decimal number; thousands may be grouped by comma or space. Undefined if it is none. */
export function decimalOf(text: string): string | undefined {
  const bare = GROUPED.test(text) ? text.replace(/[, ]/g, '') : text
  if (!DECIMAL.test(bare)) return undefined
  const value = Number(bare)
  return Number.isFinite(value) ? String(value) : undefined
}

/** As `decimalOf`, for whole numbers; `12.0` counts as 12. */
export function integerOf(text: string): string | undefined {
  const decimal = decimalOf(text)
  return decimal !== undefined && Number.isSafeInteger(Number(decimal)) ? decimal : undefined
}
