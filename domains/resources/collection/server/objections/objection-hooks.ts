import type { Hooks } from '#platform/loops'
import { rowMarks } from '#platform/registry'
import { type App, words } from '#runtime'
import { collectionTables } from '../tables.ts'
import { hasChanged } from './objections.ts'

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
    'end-objection': async (work, { id }) => {
      const ended = await collectionTables(work.tx)
        .updateTable('collection.objection')
        .set({ ended_at: work.at })
        .where('loop', '=', id)
        .returning(['dataset', 'row'])
        .execute()
      for (const { dataset, row } of ended)
        if (row !== null) await app.use(rowMarks).changed(work, dataset, [Number(row)])
      return undefined
    },
  },
  choices: {
    'objection-end': async (_work, { data }) => (data.corrected === true ? 'corrected' : 'kept'),
  },
  titles: {
    'row-changed': words('数据已有变化', 'The record has changed'),
    'note-corrected': words('登记已更正', 'Notes the correction'),
    'end-objection': words('取消异议标记', 'Takes the mark off'),
    'objection-end': words('按答复办结', 'Ends as answered'),
  },
})
