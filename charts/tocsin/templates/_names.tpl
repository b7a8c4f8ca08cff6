{{/* What all objects of a release begin with. */}}
{{- define "tocsin.name" -}}
{{- $name := .Values.nameOverride | default .Release.Name -}}
{{- ternary $name (printf "%s-tocsin" $name) (contains "tocsin" $name) | trunc 48 | trimSuffix "-" -}}
{{- end -}}

{{/* The labels by which pods are selected, which never change. In: root, service. */}}
{{- define "tocsin.selector" -}}
app.kubernetes.io/name: tocsin
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .service }}
{{- end -}}

{{/* All labels of an object. In: root, service. */}}
{{- define "tocsin.labels" -}}
{{ include "tocsin.selector" . }}
app.kubernetes.io/part-of: tocsin
app.kubernetes.io/version: {{ .root.Values.image.tag | default .root.Chart.AppVersion | trunc 63 | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version | replace "+" "_" }}
{{- end -}}

{{/* The image of a service. In: root, service. */}}
{{- define "tocsin.image" -}}
{{- $image := .root.Values.image -}}
{{- $path := list $image.registry $image.repository .service | compact | join "/" -}}
{{- $digest := get $image.digests .service -}}
{{- if $digest -}}{{ $path }}@{{ $digest }}{{- else -}}{{ $path }}:{{ $image.tag | default .root.Chart.AppVersion }}{{- end -}}
{{- end -}}

{{/* The name of a service's Secret. In: root, service. */}}
{{- define "tocsin.secret" -}}
{{- get .root.Values.secrets.names .service | default (printf "%s-%s" (include "tocsin.name" .root) .service) -}}
{{- end -}}

{{/* The workloads of this mode: what files/services.yaml and the values say of each, as YAML, by name. */}}
{{- define "tocsin.workloads" -}}
{{- $isStandalone := eq .Values.mode "standalone" -}}
{{- $found := dict -}}
{{- range $name, $facts := .Files.Get "files/services.yaml" | fromYaml -}}
{{- if and (ne $name "migrations") (eq $isStandalone (eq $name "standalone")) -}}
{{- $values := mergeOverwrite (deepCopy $.Values.defaults) (deepCopy (get $.Values.services $name | default dict)) -}}
{{- $_ := set $found $name (dict "facts" $facts "values" $values) -}}
{{- end -}}
{{- end -}}
{{- toYaml $found -}}
{{- end -}}

{{/* The settings of a service, as YAML: those of all, and its own. In: root, values. */}}
{{- define "tocsin.config" -}}
{{- toYaml (mergeOverwrite (deepCopy .root.Values.config) (deepCopy (.values.config | default dict))) -}}
{{- end -}}

{{/* Whether a service reads a variable: "yes", or nothing. In: facts, variable. */}}
{{- define "tocsin.reads" -}}
{{- $all := concat .facts.variables.given .facts.variables.required .facts.variables.optional .facts.variables.settable -}}
{{- if has .variable $all -}}yes{{- end -}}
{{- end -}}
