/** Regenerates data/codes: the tables keep their content, the names say what they are. */
import { dataArguments } from './arguments.ts'
import { readCsv, writeCsv } from './csv.ts'

const FILES: Record<string, string> = {
  'gbt2261_1_gender.csv': 'gender.csv',
  'gbt2261_2_marital.csv': 'marital-status.csv',
  'gbt2261_3_health.csv': 'health-state.csv',
  'gbt2261_4_employment.csv': 'employment.csv',
  'gbt3304_ethnic.csv': 'ethnic-group.csv',
  'gbt4658_education.csv': 'education.csv',
  'gbt4754_2017_industry.csv': 'industry.csv',
  'gbt4761_family_relation_1digit.csv': 'family-relation.csv',
  'gbt4762_political.csv': 'political-status.csv',
  'hj212_2017_pollutant_codes.csv': 'hj212-2017-pollutant.csv',
  'hjt212_2005_pollutant_codes.csv': 'hjt212-2005-pollutant.csv',
}

const { source, target } = dataArguments('codes')
for (const [from, to] of Object.entries(FILES)) {
  const rows = readCsv(source(from))
  writeCsv(target(to), Object.keys(rows[0] ?? {}), rows)
}
