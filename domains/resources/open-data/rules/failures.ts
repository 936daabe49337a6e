interface Words {
  readonly zh: string
  readonly en: string
}

/** What each failure of the re-identification test means and what to do; the ids are those of the rule's verdict. */
export const FAILURES: Readonly<Record<string, Words>> = {
  empty: { zh: '没有可发布的行，请检查行条件', en: 'There is no row to release; check the condition' },
  'no-quasi': {
    zh: '所有字段都被豁免，无法检验',
    en: 'Every field is exempt, so nothing can be tested',
  },
  'k-anonymity': {
    zh: '有的组行数太少，请减少字段、合并取值或去掉这些行',
    en: 'Some groups are too small; leave out fields, merge values or drop those rows',
  },
  'small-cells': { zh: '小于下限的组中还有行', en: 'Rows are left in groups below the limit' },
  'l-diversity': {
    zh: '有的组敏感取值几乎相同，看组即知其人，请去掉敏感字段或合并取值',
    en: 'Some groups agree in what is sensitive; leave the sensitive field out or merge values',
  },
  uniqueness: { zh: '有独一无二的行', en: 'Some rows resemble no other' },
  'other-test': {
    zh: '检验办法已改为凡未说明理由的字段都计入，请重新提出',
    en: 'The test now counts every field that has no stated reason; propose it again',
  },
  linkage: {
    zh: '有的行可与已开放的数据对上，请去掉两边都有的字段，或合并取值',
    en: 'Some rows can be put together with data already open; leave out the fields that both have, or merge values',
  },
}
