import { Button } from 'antd'
import { useQuery } from '@tanstack/react-query'
import { Amount } from '../../ui/Amount.tsx'
import { visit } from '../visit.contract.ts'
import { mayRecord } from '../visit.rules.ts'
export const VisitForm = () => [Button, useQuery, Amount, visit, mayRecord]
