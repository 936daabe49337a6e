import { Tag } from 'antd'
import { OrganisationName, PageLink, Rows, useWords, When } from '#portal/ui'
import type { ScanBrief } from './types.ts'

/** Each system whose sources are looked at: what was found, what of it is not declared, what is gone. */
export function ScanList({ scans }: { readonly scans: readonly ScanBrief[] }) {
  const count = (n: number, colour: string) => (n > 0 ? <Tag color={colour}>{n}</Tag> : '0')
  return (
    <Rows<ScanBrief>
      rows={scans}
      rowKey={({ system }) => system}
      caption={{ zh: '来源扫描', en: 'Scans of the sources' }}
      empty={{
        zh: '还没有系统登记数据来源。打开一个系统，点“登记来源”。',
        en: 'No system has a source yet. Open a system and press "Say which sources".',
      }}
      columns={[
        {
          id: 'name',
          title: { zh: '系统', en: 'System' },
          heading: true,
          show: ({ system, name }) => (
            <PageLink to={`/inventory/systems/${encodeURIComponent(system)}`}>
              <span lang="zh">{name}</span>
            </PageLink>
          ),
        },
        { id: 'owner', title: { zh: '责任单位', en: 'Owner' }, show: ({ owner }) => <OrganisationName id={owner} /> },
        { id: 'at', title: { zh: '扫描时间', en: 'Scanned on' }, show: (scan) => <LookedAt scan={scan} /> },
        { id: 'found', title: { zh: '发现', en: 'Found' }, align: 'right', show: ({ found }) => found },
        {
          id: 'undeclared',
          title: { zh: '未申报', en: 'Not declared' },
          show: ({ undeclared }) => count(undeclared, 'orange'),
        },
        {
          id: 'differing',
          title: { zh: '与清单不同', en: 'Differ' },
          show: ({ differing }) => count(differing, 'gold'),
        },
        { id: 'gone', title: { zh: '来源中已没有', en: 'Not there any more' }, show: ({ gone }) => count(gone, 'red') },
        {
          id: 'proven',
          title: { zh: '采集已证实', en: 'Proven by collection' },
          align: 'right',
          show: ({ proven }) => proven,
        },
      ]}
    />
  )
}

function LookedAt({ scan: { at, problem } }: { readonly scan: ScanBrief }) {
  const t = useWords()
  if (problem) return <Tag color="red">{t({ zh: '连不上', en: 'Out of reach' })}</Tag>
  return at === null ? t({ zh: '还没有扫描', en: 'Not yet' }) : <When at={at} />
}
