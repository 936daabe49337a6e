import type { Hooks } from '#platform/loops'
import { type App, words } from '#runtime'
import { endObjection, hasChanged, noteOrder } from './objections.ts'

export const objectionHooks = (app: App): Hooks => ({
  guards: {
    'row-changed': async (work, { id }) =>
      (await hasChanged(app, work, id))
        ? null
        : words(
            '数据还没有变化，请先在数据表中更正（重新报送或修改），再答复',
            'The record has not changed yet: correct it first (deliver it again or edit it), then answer',
          ),
  },
  effects: {
    'note-corrected': async () => ({ corrected: true }),
    'note-order': async (work, { id }) => {
      await noteOrder(app, work, id)
      return { corrected: false }
    },
    // Matters of the first version name it; the mark goes with whatever ends them.
    'end-objection': async () => undefined,
  },
  ended: { objection: (work, { id }) => endObjection(app, work, id) },
  choices: {
    'objection-end': async (_work, { data }) => (data.corrected === true ? 'corrected' : 'kept'),
  },
  titles: {
    'row-changed': words('数据已有变化', 'The record has changed'),
    'note-corrected': words('登记已更正', 'Notes the correction'),
    'note-order': words('登记责令更正', 'Notes the order'),
    'end-objection': words('取消异议标记', 'Takes the mark off'),
    'objection-end': words('按答复办结', 'Ends as answered'),
  },
})
