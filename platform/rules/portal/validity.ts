import type { Words } from '../../runtime/words.ts'

/** `2026-03-01 起` or `2016-01-01 至 2026-02-28`. */
export const validity = (
  { validFrom, validTo }: { readonly validFrom: string; readonly validTo: string | null },
  t: (words: Words) => string,
): string =>
  validTo
    ? t({ zh: `${validFrom} 至 ${validTo}`, en: `${validFrom} to ${validTo}` })
    : t({ zh: `${validFrom} 起`, en: `since ${validFrom}` })
