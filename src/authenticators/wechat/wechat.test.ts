import { describe } from 'vitest';
import { phoneCodeCases } from '../../../test/conformance/phone-code-cases.ts';
import { mac } from '../../platform.ts';
import { wechat } from './wechat.ts';

describe('wechat', () => {
  phoneCodeCases('CM-3.4', wechat(mac));
});
