export function DevicesSection() {
  return <p />;
}
