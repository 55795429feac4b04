import { describe, expect, test } from 'vitest'
import type { Values } from '../file/file-fields.contract.ts'
import { needsSecondPerson, representativeFault } from './second-person.rules.ts'

test.each<[what: string, stands: string | null, sent: string | null | undefined, needs: boolean]>([
  ['empty, filled', null, '张三', false],
  ['empty, left empty', null, null, false],
  ['nothing sent', '张三', undefined, false],
  ['the same again', '张三', '张三', false],
  ['another one', '张三', '李四', true],
  ['emptied', '张三', null, true],
])('%s', (_what, stands, sent, needs) => expect(needsSecondPerson(stands, sent)).toBe(needs))

describe('the legal representative', () => {
  const zhang = { office: 'LEGAL_REPRESENTATIVE', personName: '张三', idKind: 'RESIDENT_ID', idNumber: '***********2317', personPhone: '138****0000' }
  const director = { office: 'DIRECTOR', personName: '李四', idKind: null, idNumber: null }
  test.each<[what: string, row: Values | null, named: string | null, sent: Values, fault: string | null]>([
    ['the first one', null, null, zhang, null],
    ['the row of the one who is named already', null, '张三', zhang, null],
    ['another one than the one who is named', null, '王五', zhang, 'personName'],
    ['a director beside him', null, '张三', director, null],
    ['a director who becomes it while another is it', director, '张三', { office: 'LEGAL_REPRESENTATIVE' }, 'personName'],
    ['a director who becomes it where none was', director, null, { office: 'LEGAL_REPRESENTATIVE' }, null],
    ['he becomes a director', zhang, '张三', { office: 'DIRECTOR' }, 'office'],
    ['another name', zhang, '张三', { personName: '张三丰' }, 'personName'],
    ['another number', zhang, '张三', { idNumber: '140105199003072317' }, 'idNumber'],
    ['no number any more', zhang, '张三', { idNumber: null }, 'idNumber'],
    ['another kind of document', zhang, '张三', { idKind: 'PASSPORT' }, 'idKind'],
    ['his number for the first time', { ...zhang, idKind: null, idNumber: null }, '张三', { idKind: 'RESIDENT_ID', idNumber: '140105199003072317' }, null],
    ['his phone and the validity of his card', zhang, '张三', { personPhone: '13900000000', idExpiresOn: '2040-01-01' }, null],
    ['the same name again', zhang, '张三', { personName: '张三' }, null],
  ])('%s', (_what, row, named, sent, fault) => expect(representativeFault({ row, named }, sent)).toBe(fault))
})
