// @vitest-environment jsdom
import { expect, test } from 'vitest';
import { mountKit } from '../../../tests/support/mount-kit.ts';
import ChoiceGroup from './ChoiceGroup.vue';
import SearchField from './SearchField.vue';
import SwitchRow from './SwitchRow.vue';
import TextArea from './TextArea.vue';
import TextInput from './TextInput.vue';

test('the label, the hint and the error belong to the field', () => {
  const field = mountKit(TextInput, { props: { label: '登录名', hint: '汉字或字母', error: '请填登录名' } });
  const input = field.get('input');
  const describedBy = (input.attributes('aria-describedby') ?? '').split(' ');

  expect(field.get('label').attributes('for')).toBe(input.attributes('id'));
  expect(describedBy.map((id) => document.getElementById(id)?.textContent)).toEqual(['汉字或字母', '请填登录名']);
  expect(input.attributes('aria-invalid')).toBe('true');
});

test('without an error a field is not marked wrong', () => {
  const input = mountKit(TextInput, { props: { label: '登录名' } }).get('input');

  expect(input.attributes('aria-invalid')).toBeUndefined();
  expect(input.attributes('aria-describedby')).toBeUndefined();
});

test('the rest of a text is counted only near its end', async () => {
  const area = mountKit(TextArea, { props: { label: '内容', maxlength: 60, modelValue: '' } });
  expect(area.find('[role=status]').exists()).toBe(false);

  await area.setProps({ modelValue: '字'.repeat(40) });

  expect(area.get('[role=status]').text()).toContain('20');
});

test('a choice is one group of radio buttons under its label', async () => {
  const options = [
    { value: 'issue', label: '问题' },
    { value: 'wish', label: '微心愿' },
  ];
  const group = mountKit(ChoiceGroup, { props: { label: '这是', options, modelValue: 'issue' } });
  const radios = group.findAll<HTMLInputElement>('input[type=radio]');

  await radios[1]?.setValue(true);

  expect(group.get('legend').text()).toBe('这是');
  expect(new Set(radios.map((radio) => radio.attributes('name'))).size).toBe(1);
  expect(group.emitted('update:modelValue')).toEqual([['wish']]);
});

test('a switch says that it is one, and whether it is on', async () => {
  const row = mountKit(SwitchRow, { props: { label: '长辈版', modelValue: false } });
  const input = row.get('[role=switch]');

  await input.setValue(true);

  expect(input.attributes('aria-checked')).toBe('true');
  expect(row.emitted('update:modelValue')).toEqual([[true]]);
});

test('clearing a search keeps the focus in it', async () => {
  const field = mountKit(SearchField, { props: { label: '找一项', modelValue: 'lshd' } });

  await field.get('button').trigger('click');

  expect(field.emitted('update:modelValue')).toEqual([['']]);
  expect(document.activeElement).toBe(field.get('input').element);
});
