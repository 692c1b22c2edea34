/** What tests of other rooms make documents with: synthetic bulletins and magazines in the layout of the real ones. */
export { type SyntheticArticle, type SyntheticBulletin, syntheticBulletin } from './documents/bulletin.testing.ts'
export { type SyntheticChapter, syntheticMagazine } from './documents/magazine.testing.ts'
export { type RealBulletin, realBulletins } from './documents/real-bulletins.testing.ts'
