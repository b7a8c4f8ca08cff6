{{/* The environment of a service. In: root, service, facts, values. */}}
{{- define "tocsin.environment" -}}
{{- $root := .root -}}
{{- $name := include "tocsin.name" $root -}}
{{- $facts := .facts -}}
- name: HOST
  value: "0.0.0.0"
- name: PORT
  value: {{ .facts.port | toString | quote }}
- name: METRICS_HOST
  value: "0.0.0.0"
- name: METRICS_PORT
  value: {{ int $root.Values.metrics.port | quote }}
{{- if has "PUBLIC_URL" .facts.variables.given }}
- name: PUBLIC_URL
  value: {{ required "publicUrl: the address under which people reach this installation must be set" $root.Values.publicUrl | quote }}
{{- end }}
{{- if has "DATA_FOLDER" .facts.variables.given }}
- name: DATA_FOLDER
  value: /data/tocsin
{{- end }}
{{- $services := $root.Files.Get "files/services.yaml" | fromYaml }}
{{- range .facts.calls }}
- name: {{ upper . }}_URL
  value: http://{{ $name }}-{{ . }}:{{ (get $services .).port }}
{{- end }}
{{- if has "INTERNAL_TOKEN_PUBLIC_KEYS" .facts.variables.given }}
- name: INTERNAL_TOKEN_PUBLIC_KEYS
  value: {{ include "tocsin.publicKeys" (dict "root" $root "service" .service) | quote }}
{{- end }}
{{- range $variable, $value := include "tocsin.config" . | fromYaml }}
- name: {{ $variable }}
  {{- /* A large number would be written with an exponent by anything but toJson. */}}
  value: {{ ternary $value (toJson $value) (kindIs "string" $value) | quote }}
{{- end }}
{{ include "tocsin.secretVariables" . }}
{{- end -}}

{{/* The variables that a service reads from its Secret. In: root, service, facts. */}}
{{- define "tocsin.secretVariables" -}}
{{- $secret := include "tocsin.secret" . -}}
{{- range .facts.variables.required }}
- name: {{ . }}
  valueFrom:
    secretKeyRef: { name: {{ $secret }}, key: {{ . }} }
{{- end }}
{{- range .facts.variables.optional }}
- name: {{ . }}
  valueFrom:
    secretKeyRef: { name: {{ $secret }}, key: {{ . }}, optional: true }
{{- end }}
{{- end -}}

{{/* The public keys of those that call a service, as it reads them. In: root, service. */}}
{{- define "tocsin.publicKeys" -}}
{{- $service := .service -}}
{{- $root := .root -}}
{{- range $caller, $facts := .root.Files.Get "files/services.yaml" | fromYaml }}
{{- if has $service $facts.calls }}
{{- $keys := get $root.Values.publicKeys $caller }}
{{- if not $keys }}{{ fail (printf "publicKeys.%s: the public key of %s must be set, because it calls %s" $caller $caller $service) }}{{ end }}
{{- range $keys }}{{ $caller }}: {{ trim . | replace "\n" "\\n" }} {{ end }}
{{- end }}
{{- end }}
{{- end -}}
