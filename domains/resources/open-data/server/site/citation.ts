import type { Shelved } from './shelf.ts'

/** How the data are cited: in words, and as BibTeX. GB/T 7714 marks an electronic dataset `[DS/OL]`. */
export function citationOf({ entry, version, owner }: Shelved, base: string) {
  const day = (version.publishedAt ?? version.madeAt).slice(0, 10)
  const address = `${base}/open-data/datasets/${entry.id}?version=${version.number}`
  const { title } = entry.meta
  return {
    zh: `${owner.name.zh}. ${title.zh}（第 ${version.number} 版）[DS/OL]. (${day}). ${address}.`,
    en: `${owner.name.en} (${day}). ${title.en} (version ${version.number}) [Data set]. ${address}`,
    bibtex: [
      `@misc{${entry.id}-v${version.number},`,
      `  author = {{${owner.name.en}}},`,
      `  title = {${title.en}},`,
      `  version = {${version.number}},`,
      `  year = {${day.slice(0, 4)}},`,
      `  url = {${address}},`,
      `  note = {SM3 ${version.digest}}`,
      '}',
    ].join('\n'),
  }
}
