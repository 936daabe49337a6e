interface Words {
  readonly zh: string
  readonly en: string
}
/** Not the runtime's: pages load this file too. */
const words = (zh: string, en: string): Words => ({ zh, en })

const AUTHORITY = 'http://publications.europa.eu/resource/authority'

/** Themes of open data: the codes of the data-theme authority table that DCAT-AP asks for. */
export const THEMES = {
  AGRI: words('农业、渔业、林业和食品', 'Agriculture, fisheries, forestry and food'),
  ECON: words('经济与金融', 'Economy and finance'),
  EDUC: words('教育、文化与体育', 'Education, culture and sport'),
  ENER: words('能源', 'Energy'),
  ENVI: words('生态环境', 'Environment'),
  GOVE: words('政府与公共部门', 'Government and public sector'),
  HEAL: words('卫生健康', 'Health'),
  INTR: words('国际事务', 'International issues'),
  JUST: words('司法、法治与公共安全', 'Justice, legal system and public safety'),
  REGI: words('区划与城乡', 'Regions and cities'),
  SOCI: words('人口与社会', 'Population and society'),
  TECH: words('科学技术', 'Science and technology'),
  TRAN: words('交通运输', 'Transport'),
} as const
export const themeUri = (theme: string): string => `${AUTHORITY}/data-theme/${theme}`

/** Why a field does not help to find a person, so that the re-identification test leaves it out. */
export const GROUNDS = {
  measured: words('测量或统计得出的值', 'A value that was measured or counted'),
  'unknown-elsewhere': words('他人无从在别处得知', 'Nobody could know it from elsewhere'),
} as const

interface Licence {
  readonly title: Words
  readonly url: string
  readonly uri: string
}

/** Licences that a release may have. */
export const LICENCES = {
  'cc-by-4.0': {
    title: words('知识共享 署名 4.0', 'Creative Commons Attribution 4.0'),
    url: 'https://creativecommons.org/licenses/by/4.0/',
    uri: `${AUTHORITY}/licence/CC_BY_4_0`,
  },
  'cc0-1.0': {
    title: words('CC0 1.0 放弃权利', 'CC0 1.0 Public Domain Dedication'),
    url: 'https://creativecommons.org/publicdomain/zero/1.0/',
    uri: `${AUTHORITY}/licence/CC0`,
  },
} as const satisfies Record<string, Licence>

/** How often the owner promises new data: codes of the frequency authority table; irregular data promise nothing. */
export const PROMISES = {
  HOURLY: words('每小时', 'Hourly'),
  DAILY: words('每天', 'Daily'),
  WEEKLY: words('每周', 'Weekly'),
  MONTHLY: words('每月', 'Monthly'),
  QUARTERLY: words('每季度', 'Quarterly'),
  ANNUAL: words('每年', 'Yearly'),
  IRREG: words('不定期', 'Irregular'),
} as const
export const frequencyUri = (promise: string): string => `${AUTHORITY}/frequency/${promise}`

export const ACCESS = {
  open: words('无条件开放', 'Open to all'),
  conditional: words('有条件开放', 'On application'),
} as const
export type Access = keyof typeof ACCESS
export const accessUri = (access: Access): string =>
  `${AUTHORITY}/access-right/${access === 'open' ? 'PUBLIC' : 'RESTRICTED'}`

export const languageUri = (language: 'zh' | 'en'): string =>
  `${AUTHORITY}/language/${language === 'zh' ? 'ZHO' : 'ENG'}`

interface Format {
  readonly title: string
  readonly type: string
  /** Code of the file-type authority table. */
  readonly authority: string
  readonly isProprietary: boolean
}

/** Formats in which every release can be fetched, in the order in which they are offered. */
export const FORMATS = {
  csv: { title: 'CSV', type: 'text/csv', authority: 'CSV', isProprietary: false },
  json: { title: 'JSON', type: 'application/json', authority: 'JSON', isProprietary: false },
  jsonl: { title: 'JSON Lines', type: 'application/jsonl', authority: 'JSON', isProprietary: false },
  xlsx: {
    title: 'XLSX',
    type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    authority: 'XLSX',
    isProprietary: false,
  },
  parquet: { title: 'Parquet', type: 'application/vnd.apache.parquet', authority: 'PARQUET', isProprietary: false },
  geojson: { title: 'GeoJSON', type: 'application/geo+json', authority: 'GEOJSON', isProprietary: false },
} as const satisfies Record<string, Format>
export type FormatCode = keyof typeof FORMATS
export const formatUri = (format: FormatCode): string => `${AUTHORITY}/file-type/${FORMATS[format].authority}`
export const mediaTypeUri = (type: string): string => `https://www.iana.org/assignments/media-types/${type}`
