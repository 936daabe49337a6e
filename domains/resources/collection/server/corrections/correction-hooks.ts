import type { Hooks } from '#platform/loops'
import { correctionLists } from '#platform/registry'
import { type App, type Work, words } from '#runtime'
import { officers } from '../officers.ts'
import { endCorrection } from './settle.ts'

/** A check is wanted soon; several wishes for one dataset are one check. */
export const wantCheck = (work: Work, dataset: string, startAfter?: Date): void =>
  work.enqueue('collection.check', { dataset }, { key: dataset, ...(startAfter ? { startAfter } : {}) })

export const correctionHooks = (app: App): Hooks => ({
  effects: {
    'want-check': async (work, { data }) => {
      wantCheck(work, String(data.dataset))
      return undefined
    },
    'take-back-drop': async (work, { data }) => {
      if (typeof data.load === 'number') await app.use(correctionLists).takeBack(work, data.load)
      return undefined
    },
    'note-closed': async (work, { id, data }) => {
      if (typeof data.load === 'number') await app.use(correctionLists).waive(work, data.load, ['dropped'])
      await endCorrection(work, id, 'closed')
      return undefined
    },
    'note-waived': async (work, { id, data }) => {
      if (typeof data.load === 'number') await app.use(correctionLists).waive(work, data.load, ['open', 'dropped'])
      await endCorrection(work, id, 'waived')
      return undefined
    },
  },
  finders: { 'source-officers': officers(app, 'source', 'collection.correct') },
  titles: {
    'source-officers': words('来源单位数据专员', 'Data officer of the source'),
    'want-check': words('申请复检', 'Wants a check'),
    'take-back-drop': words('恢复待更正行', 'Takes dropped rows back'),
    'note-closed': words('登记办结', 'Notes the end'),
    'note-waived': words('登记不予更正', 'Notes the waiver'),
  },
})
