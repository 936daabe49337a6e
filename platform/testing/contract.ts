export { actorWith } from './actors.ts'
export {
  type Answer,
  type Client,
  type ClientOptions,
  client,
  machineClient,
  type SignedInClient,
  signIn,
  visitorClient,
} from './client.ts'
export { asOwner, type TestApp, type TestAppOptions, testApp } from './test-app.ts'
