import { type Words, words } from '../runtime/words.ts'

interface Found {
  readonly fault: string
  readonly part: string
  readonly id?: string
  readonly seq?: number
  readonly after?: string
}

const FAULTS: Readonly<Record<string, Words>> = {
  changed: words('被改动', 'was changed'),
  removed: words('被删除', 'was removed'),
  inserted: words('不是本程序写入的', 'was not written by this program'),
  signature: words('签名不符', 'does not bear our signature'),
}
const PARTS: Readonly<Record<string, Words>> = {
  entry: words('审计记录', 'Audit record'),
  link: words('链节', 'Link of the chain'),
  checkpoint: words('检查点', 'Check point'),
}

/** The first fault of the log in one sentence; used by the portal and the command. */
export function faultWords({ fault, part, id, seq, after }: Found): Words {
  const what = PARTS[part] ?? words(part, part)
  const how = FAULTS[fault] ?? words(fault, fault)
  const zh = [id && `编号 ${id}`, seq && `链上第 ${seq} 条`, after && `在记录 ${after} 之后`].filter(Boolean).join('，')
  const en = [id && `id ${id}`, seq && `no. ${seq} of the chain`, after && `after record ${after}`].filter(Boolean)
  return words(`${what.zh}（${zh}）${how.zh}`, `${what.en} (${en.join(', ')}) ${how.en}`)
}
