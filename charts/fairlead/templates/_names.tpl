{{- /* Names of objects are fixed (docs/install.md): one release serves a cluster, and Helm refuses a second one. */}}

{{- define "fairlead.labels" -}}
{{ include "fairlead.selector" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/part-of: fairlead
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end }}

{{- /* What selects the operator's pods; a Deployment's selector cannot be changed, so nothing that may change is in it. */}}
{{- define "fairlead.selector" -}}
app.kubernetes.io/name: fairlead
app.kubernetes.io/component: operator
{{- end }}

{{- define "fairlead.image" -}}
{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}
{{- end }}

{{- /* "true" where Secrets of all namespaces may be read. */}}
{{- define "fairlead.allKeyNamespaces" -}}
{{- if has "*" .Values.keyNamespaces }}
{{- if gt (len .Values.keyNamespaces) 1 }}
{{- fail "keyNamespaces: \"*\" stands for all namespaces and cannot be listed beside others" }}
{{- end }}
{{- print "true" }}
{{- end }}
{{- end }}
