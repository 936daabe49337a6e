import { Type } from 'typebox'
import { type RulePack, rule } from '#platform/rules'
import { words } from '#runtime'
import type { Step } from './score.ts'

interface Pattern {
  readonly form: 'letter' | 'document'
  readonly title: string
  /** Paragraphs with `{unit}` and the like, see {@link LetterFacts}. */
  readonly paragraphs: readonly string[]
  /** Working days in which the unit answers. */
  readonly answerWithin: number
}

export interface LetterTables {
  /** Who signs. */
  readonly issuer: string
  /** What each step of the ladder says. */
  readonly steps: Readonly<Record<Step, Pattern>>
}

export interface LetterFacts {
  readonly step: Step
  readonly plan: string
  readonly task: string
  readonly milestone: string
  readonly due: string
  readonly unit: string
  /** Day by which the unit answers, `2026-03-05`; put in by who knows the calendar. */
  readonly answerBy: string
}

/** `2026-03-05` as it is printed: Arabic figures without leading noughts. */
export const printedDay = (day: string): string => {
  const [year, month, date] = day.split('-').map(Number)
  return `${year}年${month}月${date}日`
}

const matter = '《{plan}》中由你单位牵头的“{task}”，节点“{milestone}”应于{due}前完成，截至目前尚未报送完成成果'

/** What the office writes at each step; the words are a local scheme, the steps those of the ladder. */
export const letterPack: RulePack<LetterTables, LetterFacts> = {
  id: 'taian-supervision-letter-2026',
  title: words('泰安市督办文书', "Letters of supervision in Tai'an"),
  source: { document: '督查督办智慧云平台运行规则（本地，可配置）', clause: '督办文书' },
  locality: 'CN',
  validFrom: '2020-01-01',
  validTo: null,
  tables: {
    issuer: '泰安市人民政府办公室',
    steps: {
      urge: {
        form: 'letter',
        title: '关于“{task}”的催办通知',
        paragraphs: [`${matter}。`, '请抓紧办理，并于{answerBy}前通过督查督办平台报送进展。'],
        answerWithin: 3,
      },
      letter: {
        form: 'letter',
        title: '关于“{task}”的督办函',
        paragraphs: [
          `${matter}，经催办仍未落实。现予督办。`,
          '请你单位查明原因，明确责任人和完成时限，加快推进，并于{answerBy}前书面报送整改情况，成果和佐证材料一并上报平台，由他人核验后销号。',
        ],
        answerWithin: 5,
      },
      circular: {
        form: 'document',
        title: '关于“{task}”落实不力情况的通报',
        paragraphs: [
          '《{plan}》中由{unit}牵头的“{task}”，节点“{milestone}”应于{due}前完成。经催办、发函督办，至今未完成，现予通报。',
          '{unit}要深刻查找原因，于{answerBy}前报送整改措施和完成时限。各责任单位要引以为戒，严格按时限推进重点工作。',
        ],
        answerWithin: 5,
      },
      interview: {
        form: 'letter',
        title: '关于“{task}”的约谈通知',
        paragraphs: [
          `${matter}，经催办、督办、通报仍未落实。`,
          '请你单位主要负责人于{answerBy}前到督查室接受约谈，说明原因、整改措施和完成时限，并带书面说明。',
        ],
        answerWithin: 3,
      },
    },
  },
  notes: [
    {
      text: words('文书用语和反馈时限为本地规则，待督查室确认。', 'Wording and terms are local, to be confirmed.'),
      clause: null,
      verified: false,
    },
  ],
  vectors: [
    {
      title: 'a supervision letter',
      facts: {
        step: 'letter',
        plan: '2026年重点工作',
        task: '建设数据中心',
        milestone: '完成立项',
        due: '2026-03-01',
        unit: '泰安市大数据局',
        answerBy: '2026-03-11',
      },
      expected: { form: 'letter', title: '关于“建设数据中心”的督办函', addressee: '泰安市大数据局' },
    },
    {
      title: 'a circular has the plain form and goes to all',
      facts: {
        step: 'circular',
        plan: '2026年重点工作',
        task: '建设数据中心',
        milestone: '完成立项',
        due: '2026-03-01',
        unit: '泰安市大数据局',
        answerBy: '2026-03-20',
      },
      expected: { form: 'document', addressee: '各责任单位' },
    },
    {
      title: 'quotation marks within a title become single',
      facts: {
        step: 'urge',
        plan: '2026年重点工作',
        task: '实现“一网通办”',
        milestone: '上线',
        due: '2026-03-01',
        unit: '泰安市大数据局',
        answerBy: '2026-03-05',
      },
      expected: { title: '关于“实现‘一网通办’”的催办通知' },
    },
  ],
}

/** Working days in which a step is to be answered. */
export const answerWithin = (step: Step): number => letterPack.tables.steps[step].answerWithin

/** A title that is put in quotation marks: its own become the single ones. */
const inner = (text: string): string => text.replaceAll('“', '‘').replaceAll('”', '’')

const ALL_UNITS = '各责任单位'

export const letterRule = rule({
  id: 'supervision.cloud.letter',
  title: words('督办文书用语', 'Wording of the letters of supervision'),
  facts: Type.Object({
    step: Type.Enum(['urge', 'letter', 'circular', 'interview'], { title: '督办方式' }),
    plan: Type.String({ title: '计划' }),
    task: Type.String({ title: '任务' }),
    milestone: Type.String({ title: '节点' }),
    due: Type.String({ title: '时限', format: 'date' }),
    unit: Type.String({ title: '单位' }),
    answerBy: Type.String({ title: '反馈时限', format: 'date' }),
  }),
  result: Type.Object({
    form: Type.Enum(['letter', 'document']),
    issuer: Type.String(),
    title: Type.String(),
    addressee: Type.String(),
    paragraphs: Type.Array(Type.String()),
  }),
  packs: [letterPack],
  evaluate: ({ issuer, steps }: LetterTables, facts) => {
    const { form, title, paragraphs } = steps[facts.step]
    const said: Readonly<Record<string, string>> = {
      ...facts,
      task: inner(facts.task),
      milestone: inner(facts.milestone),
      due: printedDay(facts.due),
      answerBy: printedDay(facts.answerBy),
    }
    const filled = (text: string) => text.replaceAll(/\{(\w+)\}/g, (whole, name: string) => said[name] ?? whole)
    return {
      result: {
        form,
        issuer,
        title: filled(title),
        addressee: form === 'letter' ? facts.unit : ALL_UNITS,
        paragraphs: paragraphs.map(filled),
      },
      explanation: [words(`反馈时限 ${facts.answerBy}`, `To be answered by ${facts.answerBy}`)],
    }
  },
})
