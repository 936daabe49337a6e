import { LICENCES } from '../declarations/vocabulary.ts'
import { type FlatColumn, flatColumns } from './release/columns.ts'
import { filePath } from './site/views.ts'
import type { Version, VersionFile } from './store.ts'

const TYPES: Readonly<Record<FlatColumn['type'], unknown>> = {
  text: 'string',
  bigint: 'integer',
  'double precision': 'double',
  boolean: 'boolean',
  date: 'date',
  timestamptz: 'dateTimeStamp',
}

/** CSV on the Web: what the file's columns are [W3C Metadata Vocabulary for Tabular Data]. */
export function csvwOf(version: Version, file: VersionFile, base: string) {
  const { meta, columns } = version
  const keys = flatColumns(columns).filter(({ of }) => of.key)
  return {
    '@context': ['http://www.w3.org/ns/csvw', { '@language': 'zh' }],
    '@type': 'Table',
    url: `${base}${filePath(version.entry, version.number, file)}`,
    'dc:title': [
      { '@value': meta.title.zh, '@language': 'zh' },
      { '@value': meta.title.en, '@language': 'en' },
    ],
    'dc:description': [
      { '@value': meta.about.zh, '@language': 'zh' },
      { '@value': meta.about.en, '@language': 'en' },
    ],
    'dc:license': { '@id': LICENCES[meta.licence].url },
    'dc:modified': { '@value': version.publishedAt ?? version.madeAt, '@type': 'xsd:dateTime' },
    dialect: { encoding: 'utf-8', header: true, delimiter: ',', lineTerminators: ['\r\n', '\n'] },
    tableSchema: {
      '@type': 'Schema',
      columns: flatColumns(columns).map(columnOf),
      ...(keys.length > 0 ? { primaryKey: keys.map(({ name }) => name) } : {}),
    },
  }
}

const columnOf = ({ name, title, type, of }: FlatColumn) => ({
  '@type': 'Column',
  name,
  titles: { und: name, zh: title.zh, en: title.en },
  datatype: TYPES[type],
  required: of.required,
  ...(of.unit ? { 'dc:description': { '@value': `UCUM ${of.unit}`, '@language': 'en' } } : {}),
})
