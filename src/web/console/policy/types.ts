// The shapes of the policy pages' calls.
import type { z } from 'zod';
import type * as s from '../../../contract/schemas/policy-editor.ts';

export type PolicyView = z.output<typeof s.PolicyView>;
export type PolicyVersions = z.output<typeof s.PolicyVersions>;
export type PolicyCheck = z.output<typeof s.PolicyCheck>;
export type Rules = z.output<typeof s.PolicyRules>;
export type RuleRow = Rules['login'][number];
export type RuleList = Exclude<keyof Rules, 'clients'>;
export type RuleEdits = z.output<typeof s.EditRules>['rules'];
export type Met = NonNullable<PolicyCheck['affected']>['differences'][number]['before'];
