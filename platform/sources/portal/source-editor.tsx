import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Alert, Button, Flex, Form } from 'antd'
import { Failure, useMarks, useWords } from '#portal/ui'
import type { Connection } from '../contract.ts'
import { saveSource, trySource } from './save-source.ts'
import { SourceFields, type SourceValues } from './source-form.tsx'
import type { Source, SourceList } from './types.ts'

interface SourceEditorProps {
  readonly kind: Connection['kind']
  readonly list: SourceList
  readonly source?: Source
}

/** The form of a source: try the connection as often as needed, then keep it. */
export function SourceEditor({ kind, list, source }: SourceEditorProps) {
  const t = useWords()
  const marks = useMarks()
  const navigate = useNavigate()
  const [form] = Form.useForm<SourceValues>()
  const trial = useMutation({ mutationFn: (values: SourceValues) => trySource(kind, values) })
  const save = useMutation({
    mutationFn: (values: SourceValues) => saveSource(kind, values),
    onSuccess: (_, { id }) => void navigate({ to: `/sources/systems/${id}` }),
  })
  const whenValid = (act: (values: SourceValues) => void) => () => void form.validateFields().then(act, () => undefined)
  return (
    <Form<SourceValues>
      form={form}
      layout="vertical"
      style={{ maxWidth: 560 }}
      initialValues={source ?? { isOn: true, connection: { tls: true } }}
      onFinish={(values) => save.mutate(values)}
    >
      <SourceFields
        kind={kind}
        inbox={list.inbox}
        hosts={list.hosts}
        isKnown={source !== undefined}
        hasSecret={source?.hasSecret ?? false}
      />
      <Flex vertical gap="middle">
        {trial.data && (
          <Alert
            type="success"
            showIcon
            title={t({
              zh: `连接成功，看到 ${trial.data.tables} 个表或文件`,
              en: `Connected; ${trial.data.tables} tables or files were seen`,
            })}
            description={trial.data.names.join(marks.list)}
          />
        )}
        {trial.error && <Failure error={trial.error} />}
        {save.error && <Failure error={save.error} />}
        <Flex gap="small" wrap>
          {kind !== 'push' && (
            <Button loading={trial.isPending} onClick={whenValid((values) => trial.mutate(values))}>
              {t({ zh: '试连', en: 'Try the connection' })}
            </Button>
          )}
          <Button type="primary" htmlType="submit" loading={save.isPending}>
            {t({ zh: '保存', en: 'Save' })}
          </Button>
        </Flex>
      </Flex>
    </Form>
  )
}
