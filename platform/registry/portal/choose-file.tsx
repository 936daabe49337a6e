import { InboxOutlined } from '@ant-design/icons'
import { App, Spin, Upload } from 'antd'
import { useState } from 'react'
import { api, useWords } from '#portal/ui'
import type { DatasetDetail, Inspection } from './types.ts'
import { datasetPath } from './use-dataset.ts'

interface ChooseFileProps {
  readonly dataset: DatasetDetail
  readonly onInspected: (inspection: Inspection) => void
}

/** Takes the file; format, encoding and header are found by the server. */
export function ChooseFile({ dataset, onInspected }: ChooseFileProps) {
  const t = useWords()
  const { message } = App.useApp()
  const [isSending, setSending] = useState(false)
  const send = async (file: File) => {
    const form = new FormData()
    form.append('file', file)
    setSending(true)
    try {
      onInspected(await api.post<Inspection>(`${datasetPath(dataset.id)}/files`, form))
    } catch (error) {
      void message.error((error as Error).message)
    } finally {
      setSending(false)
    }
  }
  return (
    <Spin spinning={isSending} description={t({ zh: '正在上传', en: 'Uploading' })}>
      <Upload.Dragger
        accept=".csv,.txt,.tsv,.xlsx,.json,.jsonl"
        showUploadList={false}
        beforeUpload={(file) => {
          void send(file)
          return false
        }}
      >
        <p className="ant-upload-drag-icon">
          <InboxOutlined />
        </p>
        <p>{t({ zh: '点击或拖入文件：CSV、XLSX 或 JSON', en: 'Click or drop a file: CSV, XLSX or JSON' })}</p>
        <p>
          {t({
            zh: 'UTF-8、GBK、GB18030 编码自动识别；列的顺序不限',
            en: 'UTF-8, GBK and GB 18030 are recognised; columns may come in any order',
          })}
        </p>
      </Upload.Dragger>
    </Spin>
  )
}
