export { actorWith } from './actors.ts'
export { asOwner, type TestApp, type TestAppOptions, testApp } from './test-app.ts'
