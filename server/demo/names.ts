import { type Random, randomPick } from '../../ground/door.ts'

const surnames = [...'张王李赵刘陈杨黄周吴徐孙马朱胡郭何林罗梁']
const givenNames = [...'伟芳敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚']

/** A name that says that nobody bears it: `示例·张伟`. */
export function syntheticName(random: Random): string {
  const second = randomPick(random, ['', ...givenNames])
  return `示例·${randomPick(random, surnames)}${randomPick(random, givenNames)}${second}`
}
