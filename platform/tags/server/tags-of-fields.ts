import type { FieldUse } from '#platform/registry'
import { type Db, words } from '#runtime'
import type { TagBook } from './book.ts'

const KIND = words('标签', 'Tag')

/** Tags in force that read columns of a dataset, themselves or by way of features. */
export async function tagsOfFields(book: TagBook, db: Db, dataset: string): Promise<FieldUse[]> {
  const all = await Promise.all([...book.subjects.keys()].map((subject) => book.inForce(db, subject)))
  return all.flat().flatMap((tag) => {
    const sources = [tag, ...book.featuresOf([tag])].flatMap((made) => made.sources)
    const fields = sources.filter((source) => source.dataset === dataset).flatMap(({ columns }) => columns)
    return fields.length > 0 ? [{ kind: KIND, title: tag.title, page: `/tags/${tag.id}`, fields }] : []
  })
}
