import { Type } from 'typebox'
import { field } from '../../../../registry/fields.ts'
import { type Words, words } from '../../../../runtime/words.ts'
import type { ClockRule, Place } from '../../../definition.ts'
import { type Draft, draftOf } from './draft.ts'

/** A matter to begin from. */
export interface Template {
  readonly id: string
  readonly title: Words
  readonly about: Words
  readonly body: Omit<Draft, 'id' | 'version' | 'title'>
}

const HANDLERS = { right: 'loops.handle' } as const
const open = (title: Words): Place => ({ title, kind: 'open', assign: HANDLERS })
const end = (title: Words, outcome: 'done' | 'refused' = 'done'): Place => ({ title, kind: 'end', outcome })
const fiveDays: ClockRule = { limit: '5wd', warnBefore: '1wd', atLimit: [{ urge: { right: 'loops.supervise' } }] }
const common = {
  headline: words('{about}', '{about}'),
  data: Type.Object({ about: field.text(words('事由', 'What it is about')) }),
  opens: { right: 'loops.open' },
}
const resultForm = Type.Object({ result: field.longText(words('办理结果', 'Result')) }, { additionalProperties: false })
const reasonForm = Type.Object({ reason: field.longText(words('原因', 'Reason')) }, { additionalProperties: false })

export const TEMPLATES: readonly Template[] = [
  {
    id: 'three',
    title: words('三步事项', 'Three steps'),
    about: words('受理 → 办理 → 核验 → 办结，可退回重办', 'Accept → handle → check → done; may be sent back'),
    body: {
      ...common,
      clock: fiveDays,
      start: 'accepting',
      places: {
        accepting: open(words('待受理', 'To be accepted')),
        handling: open(words('办理中', 'In hand')),
        checking: open(words('待核验', 'To be checked')),
        done: end(words('办结', 'Done')),
      },
      actions: {
        accept: { title: words('受理', 'Accept'), from: ['accepting'], to: 'handling', look: 'primary' },
        report: {
          title: words('上报结果', 'Report the result'),
          from: ['handling'],
          to: 'checking',
          form: resultForm,
          look: 'primary',
        },
        pass: {
          title: words('核验通过', 'Passed'),
          from: ['checking'],
          to: 'done',
          look: 'primary',
        },
        sendBack: { title: words('退回重办', 'Send back'), from: ['checking'], to: 'handling', form: reasonForm },
      },
    },
  },
  {
    id: 'approval',
    title: words('申请审批', 'Request and decision'),
    about: words('申请 → 审批 → 同意或不同意，可退回补充', 'Request → decision → granted or refused'),
    body: {
      ...common,
      clock: fiveDays,
      start: 'deciding',
      places: {
        deciding: open(words('待审批', 'To be decided')),
        completing: { title: words('待补充', 'To be completed'), kind: 'open', assign: { opener: true } },
        granted: end(words('同意', 'Granted')),
        refused: end(words('不同意', 'Refused'), 'refused'),
      },
      actions: {
        grant: { title: words('同意', 'Grant'), from: ['deciding'], to: 'granted', look: 'primary' },
        refuse: {
          title: words('不同意', 'Refuse'),
          from: ['deciding'],
          to: 'refused',
          look: 'danger',
          form: reasonForm,
        },
        askMore: { title: words('退回补充', 'Ask for more'), from: ['deciding'], to: 'completing', form: reasonForm },
        resend: { title: words('补充提交', 'Send again'), from: ['completing'], to: 'deciding', look: 'primary' },
      },
    },
  },
  {
    id: 'errand',
    title: words('简单交办', 'Errand'),
    about: words('办理 → 办结', 'Handle → done'),
    body: {
      ...common,
      start: 'handling',
      places: { handling: open(words('办理中', 'In hand')), done: end(words('办结', 'Done')) },
      actions: {
        finish: {
          title: words('办结', 'Finish'),
          from: ['handling'],
          to: 'done',
          form: resultForm,
          look: 'primary',
        },
      },
    },
  },
  {
    id: 'blank',
    title: words('空白', 'Blank'),
    about: words('从一个环节开始，自己画', 'Begin with one step and draw'),
    body: {
      ...common,
      start: 'step1',
      places: { step1: open(words('第一步', 'First step')), done: end(words('办结', 'Done')) },
      actions: {},
    },
  },
]

/** A new draft made from a template. */
export const fromTemplate = (id: string, title: Words, { body }: Template): Draft =>
  draftOf(id, JSON.parse(JSON.stringify({ ...body, title })))
