import { useNavigate, useSearch } from '@tanstack/react-router'
import { Card, Flex } from 'antd'
import { useEffect, useState } from 'react'
import { PageFrame, useDestination, useSession } from '#portal/ui'
import { LanguageButton, LargeTypeButton } from '../shell/view-buttons.tsx'
import { DemonstrationAccounts } from './demonstration-accounts.tsx'
import { SignInForm } from './sign-in-form.tsx'

/** Account, password and, where asked, the code of a second factor. */
export function SignIn() {
  const session = useSession()
  const { back } = useSearch({ strict: false }) as { back?: string }
  const [picked, setPicked] = useState<{ readonly account: string; readonly password: string }>()
  const go = useNavigate()
  const { to, search } = useDestination(ownPath(back))
  const isSignedIn = Boolean(session.data)
  // biome-ignore lint/correctness/useExhaustiveDependencies: goes once, when the session begins
  useEffect(() => {
    if (isSignedIn) void go({ to, search, replace: true })
  }, [isSignedIn])
  if (isSignedIn) return null
  return (
    <main className="dz-sign-in">
      <Card className="dz-sign-in-box">
        <PageFrame
          title={{ zh: '登录岱宗', en: 'Sign in to Daizong' }}
          about={{ zh: '城市数字政府，一处登录办所有的事。', en: "The city's digital government, in one place." }}
        >
          <SignInForm key={picked?.account ?? ''} start={picked} />
          <DemonstrationAccounts onPick={setPicked} />
          <Flex justify="center" gap="small">
            <LargeTypeButton />
            <LanguageButton />
          </Flex>
        </PageFrame>
      </Card>
    </main>
  )
}

/** Only a path of this portal: never another site. */
const ownPath = (back: string | undefined): string => (back && /^\/(?![/\\])/.test(back) ? back : '/')
