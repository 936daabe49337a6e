import { DownloadOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useWords } from '#portal/ui'
import { csvOf, linesOf } from './csv.ts'
import type { Mining, MiningFilter } from './mining-types.ts'

/** Saves the figures on the page as a file that spreadsheets open. */
export function ExportButton({ mining, filter }: { readonly mining: Mining; readonly filter: MiningFilter }) {
  const t = useWords()
  const save = () => {
    const url = URL.createObjectURL(new Blob([csvOf(linesOf(mining, t))], { type: 'text/csv;charset=utf-8' }))
    const link = document.createElement('a')
    link.href = url
    link.download = [filter.definition, filter.division, `${filter.days}d`].filter(Boolean).join('-').concat('.csv')
    link.click()
    URL.revokeObjectURL(url)
  }
  return (
    <Button icon={<DownloadOutlined />} onClick={save}>
      {t({ zh: '导出表格', en: 'Export as a table' })}
    </Button>
  )
}
