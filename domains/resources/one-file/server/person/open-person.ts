import { masked } from '#platform/registry'
import type { App, Work } from '#runtime'
import { PERSON_FIELDS } from '../../declarations/fields.ts'
import type { PersonField } from '../../declarations/readings.ts'
import type { FileField, FileValue, LifeEvent, PersonFile, Relation } from '../../types.ts'
import type { AsOf } from '../file/as-of.ts'
import { chooseValues } from '../file/choose-values.ts'
import { getEntity, linksOf, notShown, recordViews, rowsOfLinks } from '../file/load-rows.ts'
import { noteTold } from '../file/note-told.ts'
import type { Opens } from '../file/purposes.ts'
import { lifeEvents, STRUCK_OFF } from './life-events.ts'
import { onDay, withRegistration } from './person-rows.ts'
import { relationsOf } from './relations.ts'

const WANTED = (Object.keys(PERSON_FIELDS) as PersonField[]).map((field) => ({
  field,
  title: PERSON_FIELDS[field].title,
  rule: field,
}))

interface Sight {
  /** The audit event of the read. */
  readonly event: string
  readonly opens: Opens
  readonly unmask: boolean
  readonly mayUnmask: boolean
}

/**
 * The file of a person, made now from the rows of the sources; nothing of it is stored. Others whom it names unmasked find
 * in the audit log that it was opened. @throws NotFound
 */
export async function openPerson(app: App, work: Work, id: string, asOf: AsOf, sight: Sight): Promise<PersonFile> {
  const entity = await getEntity(work.tx, id, 'person')
  const links = await linksOf(work.tx, entity.id, sight.opens, asOf.known)
  const all = await rowsOfLinks(app, work, links, { known: asOf.known })
  const rows = asOf.valid ? await rowsOfLinks(app, work, links, asOf) : all
  const fields = withRegistration(onDay(chooseValues(app, rows, WANTED, work.at), all, asOf), rows, asOf)
  const events = lifeEvents(app, work.at, rows, fields).filter(({ on }) => !(asOf.valid && on && on > asOf.valid))
  const related = await relationsOf(app, work, entity.id, rows, asOf)
  const relations = related.map(({ relation }) => relation)
  const shown = sight.unmask && sight.mayUnmask
  const people = related.filter(({ relation }) => relation.kind === 'person').map(({ told }) => told)
  if (shown) noteTold(app, work, sight.event, people)
  return {
    kind: 'person',
    id: String(entity.id),
    mergedInto: entity.mergedInto === null ? null : String(entity.mergedInto),
    isMasked: !shown,
    mayUnmask: sight.mayUnmask,
    fields: shown ? fields : fields.map(maskField),
    events: shown ? events : events.map(maskEvent),
    relations: shown ? relations : relations.map(maskRelation),
    records: recordViews(app, links),
    notShown: notShown(app, links),
  }
}

function maskField(field: FileField): FileField {
  const { mask } = PERSON_FIELDS[field.field as PersonField]
  const hide = (each: FileValue): FileValue => {
    const value = String(masked(each.value, mask))
    return { ...each, value, words: value === each.value ? each.words : null }
  }
  return { ...field, values: field.values.map(hide) }
}

/** The year of an event is told, its day is not, nor why a registration ended. */
const maskEvent = (event: LifeEvent): LifeEvent => ({
  ...event,
  title: event.kind === 'struck-off' ? STRUCK_OFF : event.title,
  on: event.on && `${event.on.slice(0, 4)}-**-**`,
  detail: event.detail && String(masked(event.detail, event.kind === 'move' ? 'address' : 'name')),
})

const maskRelation = (relation: Relation): Relation =>
  relation.kind === 'person' ? { ...relation, name: String(masked(relation.name, 'name')) } : relation
