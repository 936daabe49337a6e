import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { type ReceiptFile, verifyReceipt } from '#platform/exchange'

/**
 * `npm run receipt:verify -- FILE [--key PUBLIC_KEY_FILE] [--answer ANSWER_FILE]`: proves a receipt of the exchange
 * offline, or names what is wrong with it; exit code 1 then.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { key: { type: 'string' }, answer: { type: 'string' } },
})

function verify(path: string): boolean {
  const file: unknown = JSON.parse(readFileSync(path, 'utf8'))
  const key = values.key && readFileSync(values.key, 'utf8')
  const answer = values.answer && readFileSync(values.answer)
  const fault = verifyReceipt(file, key || undefined, answer || undefined)
  if (fault) {
    process.stdout.write(`回执不可信：${fault.words.zh}。\nThe receipt is not to be trusted: ${fault.words.en}.\n`)
    return false
  }
  const { record, head } = file as ReceiptFile
  process.stdout.write(
    `回执可信：${record.at} ${record.consumer ?? '—'} 按授权 ${record.grant} ${record.outcome}，${record.rows} 行，签署于 ${head.at}。\n` +
      `The receipt is genuine: ${record.at}, ${record.consumer ?? '—'} under grant ${record.grant}, ${record.outcome}, ${record.rows} rows, signed ${head.at}.\n`,
  )
  if (!key)
    process.stdout.write(
      '所用公钥来自回执文件本身，请再用 --key 指定平台公布的公钥。\nThe key came from the receipt itself; name the one that the platform publishes with --key.\n',
    )
  return true
}

const [path] = positionals
try {
  if (!path) throw new TypeError('Usage: npm run receipt:verify -- FILE [--key PUBLIC_KEY_FILE] [--answer ANSWER_FILE]')
  process.exit(verify(path) ? 0 : 1)
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`)
  process.exit(1)
}
