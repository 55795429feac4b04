import { describe, expect, test } from 'vitest'
import { isStrongPassword } from './password.rules.ts'

describe('a password is hard enough', () => {
  test.each([
    ['correct-horse-7', true],
    ['银桥工作平台用的密码八8', true],
    ['short-1', false],
    ['onlyletters', false],
    ['1234567890', false],
    ['my-yq1001-pass', false],
    ['MY-YQ1001-PASS', false],
    ['the-old-one-1', false],
  ])('%s: %s', (password, strong) => expect(isStrongPassword(password, 'YQ1001', 'the-old-one-1')).toBe(strong))
})
