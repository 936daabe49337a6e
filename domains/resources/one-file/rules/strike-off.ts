import { Type } from 'typebox'
import { rule, rulePack } from '#platform/rules'
import { type Words, words } from '#runtime'

/** Why the police strike somebody off the household register, and what it says of the life of the one struck off. */
export interface StrikeOffTables {
  readonly reasons: readonly Reason[]
}
export interface Reason {
  readonly title: Words
  /** Words and codes by which registers say it. */
  readonly said: readonly string[]
  readonly isDeath: boolean
}

const reason = (zh: string, en: string, ...said: readonly string[]): Reason => ({
  title: words(zh, en),
  said: [zh, ...said],
  isDeath: false,
})
const death = (...all: Parameters<typeof reason>): Reason => ({ ...reason(...all), isDeath: true })
const unsaid = words('原因未登记', 'no reason entered')

const pack = rulePack<StrikeOffTables, { reason: string }>({
  id: 'household-strike-off-1958',
  title: words('户口注销原因', 'Why somebody is struck off the household register'),
  source: { document: '中华人民共和国户口登记条例', clause: '第八条、第十条、第十一条、第十二条' },
  validFrom: '1958-01-09',
  validTo: null,
  locality: 'CN',
  notes: [
    {
      text: words(
        '死亡（第八条）、迁出（第十条）、服现役（第十一条）、被逮捕（第十二条）；宣告死亡依《民法典》第四十六条；出国（境）定居和重复户口依公安机关规定。登记系统的写法待与本市公安机关核对，未列出的写法一律不作死亡',
        'Death (art. 8), moving away (10), military service (11), arrest (12); declared dead by Civil Code art. 46; settling abroad and double registrations by rules of the police. How the register writes them is to be checked with the city’s police; what is not listed is no death',
      ),
      clause: '第八条',
      verified: false,
    },
    {
      text: words(
        '代码 1 至 3 依 GA/T 2000.25-2014《人口管理注销类别代码》，其余代码和含义待与原文核对',
        'Codes 1 to 3 after GA/T 2000.25-2014; the others are to be checked with the text',
      ),
      clause: null,
      verified: false,
    },
  ],
  tables: {
    reasons: [
      death('死亡', 'death', '1', '死亡注销', '正常死亡', '非正常死亡'),
      death('宣告死亡', 'declared dead by a court', '被宣告死亡', '宣告死亡注销'),
      reason('失踪', 'missing', '2', '宣告失踪'),
      reason('迁出', 'moved away', '3', '迁出注销', '户口迁出', '迁出市外', '迁往市外'),
      reason('服现役', 'military service', '参军', '入伍', '应征入伍'),
      reason('被逮捕', 'arrest', '逮捕'),
      reason('出国（境）定居', 'settled abroad', '出国定居', '出境定居', '出国境定居', '加入外国国籍'),
      reason('重复登记户口', 'registered twice', '重复户口', '重户', '重户口注销', '重复登记'),
    ],
  },
  vectors: [
    {
      title: 'who died is dead',
      facts: { reason: '死亡' },
      expected: { isDeath: true, reason: words('死亡', 'death') },
    },
    {
      title: 'who moved away is not, also by the code',
      facts: { reason: '3' },
      expected: { isDeath: false, reason: words('迁出', 'moved away') },
    },
    {
      title: 'nobody is dead for a reason that is not listed',
      facts: { reason: '撤销宣告死亡' },
      expected: { isDeath: false, reason: words('撤销宣告死亡', '撤销宣告死亡') },
    },
    {
      title: 'nor for none',
      facts: { reason: '' },
      expected: { isDeath: false, reason: unsaid },
    },
  ],
})

/** Whether somebody was struck off the household register by a death, and why in words. */
export const strikeOffRule = rule({
  id: 'one-file.strike-off',
  title: words('户口注销原因', 'Why somebody was struck off'),
  facts: Type.Object({ reason: Type.String({ maxLength: 200 }) }),
  result: Type.Object({ isDeath: Type.Boolean(), reason: Type.Object({ zh: Type.String(), en: Type.String() }) }),
  packs: [pack],
  evaluate: ({ reasons }: StrikeOffTables, { reason: told }) => {
    const text = told.trim()
    const listed = reasons.find(({ said }) => said.includes(text))
    const title = listed?.title ?? (text === '' ? unsaid : words(text, text))
    return {
      result: { isDeath: listed?.isDeath ?? false, reason: title },
      explanation: [
        listed
          ? words(`列明的原因“${title.zh}”`, `The listed reason "${title.en}"`)
          : words(`未列明：${title.zh}，不作死亡`, `Not listed: ${title.en}; no death`),
      ],
    }
  },
})
