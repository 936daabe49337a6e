import { useWords } from '#portal/ui'
import type { Words } from '../../../../platform/runtime/words.ts'

export interface Side {
  readonly datasetTitle: Words
  readonly role: Words
  readonly values: Readonly<Record<string, string>>
}

const TITLES: Readonly<Record<string, Words>> = {
  name: { zh: '姓名或名称', en: 'Name' },
  formerName: { zh: '曾用名', en: 'Former name' },
  number: { zh: '身份证号', en: 'Citizen number' },
  code: { zh: '信用代码', en: 'Credit code' },
  bornOn: { zh: '出生日期', en: 'Born on' },
  sex: { zh: '性别', en: 'Sex' },
  phone: { zh: '电话', en: 'Telephone' },
  address: { zh: '地址', en: 'Address' },
  kin: { zh: '亲属', en: 'Kin' },
  nation: { zh: '民族', en: 'Ethnic group' },
  marital: { zh: '婚姻', en: 'Marital status' },
  diedOn: { zh: '死亡日期', en: 'Died on' },
  struckOff: { zh: '户口注销日期', en: 'Struck off on' },
  employer: { zh: '单位', en: 'Employer' },
}

/** Two records side by side; what both say and agree on is marked by a sign, not by colour alone. */
export function PairTable({
  sides: [one, two],
  kind,
}: {
  readonly sides: readonly (Side | null | undefined)[]
  readonly kind: string
}) {
  const t = useWords()
  const fields = Object.keys(TITLES).filter((field) => one?.values[field] || two?.values[field])
  const heading = (side: Side | null | undefined) =>
    side ? `${t(side.datasetTitle)}（${t(side.role)}）` : t({ zh: '记录已不存在', en: 'The record is gone' })
  return (
    <section
      className="dz-values"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reachable by keyboard
      tabIndex={0}
      aria-label={t(
        kind === 'firm'
          ? { zh: '两条企业记录', en: 'Two records of firms' }
          : { zh: '两条人员记录', en: 'Two records of people' },
      )}
    >
      <table>
        <thead>
          <tr>
            <th scope="col">{t({ zh: '内容', en: 'Field' })}</th>
            <th scope="col">{heading(one)}</th>
            <th scope="col">{heading(two)}</th>
            <th scope="col">{t({ zh: '比较', en: 'Agree' })}</th>
          </tr>
        </thead>
        <tbody>
          {fields.map((field) => {
            const [a, b] = [one?.values[field], two?.values[field]]
            return (
              <tr key={field}>
                <th scope="row">{t(TITLES[field] ?? { zh: field, en: field })}</th>
                <td>{a ?? '—'}</td>
                <td>{b ?? '—'}</td>
                <td>{!a || !b ? '' : a === b ? '＝' : '≠'}</td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </section>
  )
}
