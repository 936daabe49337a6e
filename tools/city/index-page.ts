import type { Manifest } from './make-city.ts'

const percent = (part: number) => `${Number((100 * part).toFixed(3))} %`

/** The manifest for people: each file, its rows, its mistakes with the rate meant and the count made. */
export function indexPage({ asOf, residents, firms, seed, files }: Manifest): string {
  const head = `# 演示城市数据 · Files of the demonstration city\n\n${residents} residents, ${firms} firms, as of ${asOf}, seed ${seed}. All people and firms are invented.\n\`files/\` is what departments hand over; line n + 1 of \`truth/rows/<file>.csv\` says whom row n is about and what is wrong with it.\n`
  const parts = files.map((one) => {
    const look = [one.encoding, one.separator && JSON.stringify(one.separator), one.dates].filter(Boolean).join(', ')
    const mistakes = one.mistakes.map(
      ({ kind, meaning, rate, could, did }) => `| ${kind} | ${meaning} | ${percent(rate)} | ${did} / ${could} |`,
    )
    const table = mistakes.length
      ? `\n| mistake | meaning | rate | made / possible |\n| --- | --- | --- | --- |\n${mistakes.join('\n')}\n`
      : ''
    return `\n## ${one.file}\n\n${one.department} ${one.title}: ${one.rows} rows, ${one.bytes} bytes (${look}).\n${table}`
  })
  return head + parts.join('')
}
