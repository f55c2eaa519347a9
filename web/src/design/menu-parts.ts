// Apart, so that the page shows before the library behind its menus has loaded.
export { DropdownMenu } from '@kobalte/core/dropdown-menu';
