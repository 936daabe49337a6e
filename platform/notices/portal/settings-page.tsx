import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Alert, App, Button, Form, Input, Switch } from 'antd'
import { api, DataState, Failure, PageFrame, useWords } from '#portal/ui'

interface Settings {
  readonly mail: string | null
  readonly mailOn: boolean
  readonly phone: string | null
  readonly smsOn: boolean
  readonly channels: readonly string[]
}

const KEY = ['notices', 'settings']

/** Where and how the person wants to be told besides the portal. */
export function SettingsPage() {
  const query = useQuery({ queryKey: KEY, queryFn: () => api.get<Settings>('/api/notices/settings') })
  return (
    <PageFrame
      title={{ zh: '通知设置', en: 'Notice settings' }}
      about={{
        zh: '门户内的通知总会送达；邮件和短信可自行开关。',
        en: 'Notices in the portal always arrive; mail and SMS are yours to switch.',
      }}
      above={[{ title: { zh: '通知', en: 'Notices' }, path: '/notices' }]}
    >
      <DataState query={query}>{(settings) => <SettingsForm settings={settings} />}</DataState>
    </PageFrame>
  )
}

function SettingsForm({ settings }: { readonly settings: Settings }) {
  const t = useWords()
  const queries = useQueryClient()
  const { message } = App.useApp()
  const save = useMutation({
    mutationFn: ({ mail, mailOn, phone, smsOn }: Settings) =>
      api.put('/api/notices/settings', {
        mail: mail || null,
        mailOn,
        smsOn,
        ...(phone?.includes('*') ? {} : { phone: phone || null }),
      }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: KEY })
      void message.success(t({ zh: '已保存', en: 'Saved' }))
    },
  })
  return (
    <Form layout="vertical" initialValues={settings} onFinish={(values: Settings) => save.mutate(values)}>
      <Missing channels={settings.channels} />
      <Form.Item name="mail" label={t({ zh: '邮箱', en: 'E-mail address' })}>
        <Input type="email" autoComplete="email" />
      </Form.Item>
      <Form.Item name="mailOn" valuePropName="checked" label={t({ zh: '发送邮件', en: 'Send mail' })}>
        <Switch />
      </Form.Item>
      <Form.Item
        name="phone"
        label={t({ zh: '手机号', en: 'Phone' })}
        extra={t({
          zh: '加密保存，只显示后四位；短信只含标题。',
          en: 'Stored encrypted, only the last four digits are shown; an SMS carries the title only.',
        })}
      >
        <Input inputMode="tel" autoComplete="tel" />
      </Form.Item>
      <Form.Item
        name="smsOn"
        valuePropName="checked"
        label={t({ zh: '紧急时发送短信', en: 'Send an SMS when urgent' })}
      >
        <Switch />
      </Form.Item>
      {save.error && <Failure error={save.error} />}
      <Button type="primary" htmlType="submit" loading={save.isPending}>
        {t({ zh: '保存', en: 'Save' })}
      </Button>
    </Form>
  )
}

/** Says which ways out this installation does not have. */
function Missing({ channels }: { readonly channels: readonly string[] }) {
  const t = useWords()
  const missing = ['mail', 'sms'].filter((channel) => !channels.includes(channel))
  if (missing.length === 0) return null
  const zh = missing.map((id) => (id === 'mail' ? '邮件' : '短信')).join('和')
  const en = missing.map((id) => (id === 'mail' ? 'mail' : 'SMS')).join(' and ')
  return (
    <Alert
      type="info"
      showIcon
      title={t({
        zh: `本系统尚未接通${zh}，设置会在接通后生效。`,
        en: `This system is not connected to ${en} yet; the settings count once it is.`,
      })}
    />
  )
}
