package dev.orchestrator.agent.claude;

import dev.orchestrator.task.FailureCategory;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the typed fields of an error mean, the most exact first. Names that are not known here say nothing: newer versions
 * add some. Pure.
 */
final class ErrorKind {
    private ErrorKind() {}

    /** The category that needs no look at the words. */
    static Optional<FailureCategory> certain(ProgramError said) {
        if (said.isAnswerCutShort()) {
            return Optional.of(answerCutShort(said));
        }
        return Optional.ofNullable(byKind(said.kind()))
                .or(() -> Optional.ofNullable(byError(said.error())))
                .or(() -> Optional.ofNullable(byType(said.type())))
                .or(() -> ApiStatus.category(said.status()));
    }

    /** The category when the words say nothing either: names that several causes share. */
    static Optional<FailureCategory> atLeast(ProgramError said) {
        if (said.status() == 400 || said.type().equals("invalid_request_error")) {
            return Optional.of(FailureCategory.CONFIG);
        }
        return Optional.ofNullable(
                switch (said.error()) {
                    case "invalid_request" -> FailureCategory.CONFIG;
                    case "server_error" -> FailureCategory.SERVER;
                    default -> null;
                });
    }

    private static @Nullable FailureCategory byKind(String kind) {
        return switch (kind) {
            case "autocompact_thrashing", "message_over_context_limit", "pdf_too_large" ->
                FailureCategory.CONTEXT_EXHAUSTED;
            case "connection_failed", "stream_idle_timeout", "no_response", "computer_slept", "gateway_content_type" ->
                FailureCategory.NETWORK;
            case "tls_untrusted_ca", "tls_cert_signature_failure", "network_edge_blocked" -> FailureCategory.CONFIG;
            case "claude_code_version_too_old", "effort_requires_thinking", "advisor_incompatible" ->
                FailureCategory.CONFIG;
            case "field_not_granted" -> FailureCategory.CONFIG;
            case "stored_login_refused", "oauth_refresh_store_refused", "provider_credentials" -> FailureCategory.AUTH;
            case "gateway_signin_required", "gateway_session_expired", "named_profile_unusable" -> FailureCategory.AUTH;
            case "api_key_auth_disabled", "org_disabled_credential", "invalid_credential_header" ->
                FailureCategory.AUTH;
            case "model_requires_usage_credits", "long_context_credits_required", "consent_unanswered" ->
                FailureCategory.BILLING;
            case "no_allowed_fallback", "model_substitution_disabled" -> FailureCategory.MODEL;
            case "dlp_request_denied", "safety_monitor_blocked" -> FailureCategory.POLICY;
            case "tool_history_mismatch" -> FailureCategory.SESSION;
            case "empty_completion" -> FailureCategory.NO_RESULT;
            case "malformed_tool_use_exhausted" -> FailureCategory.CRASH;
            default -> null;
        };
    }

    /** An answer ends early at its own limit or at the end of the context window. */
    private static FailureCategory answerCutShort(ProgramError said) {
        boolean window = said.params().path("cut").asText().equals("context_window");
        return window ? FailureCategory.CONTEXT_EXHAUSTED : FailureCategory.CONFIG;
    }

    private static @Nullable FailureCategory byError(String error) {
        return switch (error) {
            case "authentication_failed", "oauth_org_not_allowed" -> FailureCategory.AUTH;
            case "billing_error" -> FailureCategory.BILLING;
            case "model_not_found" -> FailureCategory.MODEL;
            case "overloaded" -> FailureCategory.OVERLOADED;
            default -> null;
        };
    }

    private static @Nullable FailureCategory byType(String type) {
        return switch (type) {
            case "authentication_error", "permission_error" -> FailureCategory.AUTH;
            case "billing_error" -> FailureCategory.BILLING;
            case "not_found_error" -> FailureCategory.MODEL;
            case "request_too_large" -> FailureCategory.CONTEXT_EXHAUSTED;
            case "overloaded_error" -> FailureCategory.OVERLOADED;
            case "api_error", "timeout_error" -> FailureCategory.SERVER;
            default -> null;
        };
    }
}
