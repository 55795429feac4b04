import { expect, test } from 'vitest'
import { numbersIn } from './number-search.rules.ts'

test.each<[string, string[]]>([
  ['5678', ['PHONE_TAIL', 'ACCOUNT_TAIL', 'ID_TAIL']], ['５６７８', ['PHONE_TAIL', 'ACCOUNT_TAIL', 'ID_TAIL']], ['002X', ['ID_TAIL']], ['002x', ['ID_TAIL']], ['567', []], ['567890', []],
  ['138 1234 5678', ['PHONE', 'ACCOUNT']], ['138-1234-5678', ['PHONE', 'ACCOUNT']], ['91140105MA0FNAK78G', ['USCC']], ['91140105ma0fnak78g', ['USCC']], ['11010519491231002X', ['USCC', 'RESIDENT_ID', 'PERSON_ID']],
  ['140105199003072317', ['USCC', 'RESIDENT_ID', 'PERSON_ID', 'ACCOUNT']], ['6222021234567890123', ['ACCOUNT']], ['晋泰', []], ['jtxcl', []], ['91140105MA0FNAK78O', []],
])('%s: %j', (query, kinds) => {
  expect(numbersIn(query).map((one) => one.kind)).toEqual(kinds)
})
