/** Accounts that are named at the start; the sign-in page and the README have all. */
const SHOWN = 6

interface Accounts {
  readonly password: string
  readonly accounts: readonly { readonly account: string; readonly title: { readonly zh: string } }[]
}

/** What somebody who has just started the demonstration types to get in. */
export async function demonstrationText(address: string): Promise<string> {
  const answer = await fetch(`${address}/api/session/demonstration`)
  if (!answer.ok) return ''
  const { password, accounts } = (await answer.json()) as Accounts
  const shown = accounts.slice(0, SHOWN).map(({ account, title }) => `  ${account} (${title.zh})\n`)
  return `演示账号，密码均为 ${password}；登录页和 README 列有全部：\nDemonstration accounts, all with the password ${password}; the sign-in page and the README name the others:\n${shown.join('')}`
}
